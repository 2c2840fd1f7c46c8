"""Gunicorn's defaults for this site. Its command line and GUNICORN_CMD_ARGS override them."""

import multiprocessing

# The application is loaded once, before the workers start. A missing setting then stops the start
# itself, instead of one worker after another.
preload_app = True
workers = multiprocessing.cpu_count() + 1
# At least one more than QUEUE_SLOTS, the slots for sign-ins (cms/users/password_queue.py), so that
# sign-ins leave a thread for readers.
threads = 4
# Gunicorn trusts no proxy. TRUSTED_PROXIES alone decides how the client's address is found
# (cms/middleware/proxies.py).
forwarded_allow_ips = ""
