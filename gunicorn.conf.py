"""gunicorn's defaults for this site; its command line and GUNICORN_CMD_ARGS win over them."""

import multiprocessing

# Loaded once, before the workers: a missing setting stops the start instead of worker after worker.
preload_app = True
workers = multiprocessing.cpu_count() + 1
# One more, at least, than the places of those who sign in (cms/users/turns.py): readers need it.
threads = 4
# Who asked is decided by TRUSTED_PROXIES alone (cms/middleware/proxies.py).
forwarded_allow_ips = ""
