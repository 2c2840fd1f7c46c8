"""What the live count costs a server: `make bench-visitors` measures it into docs/visitors.md."""
