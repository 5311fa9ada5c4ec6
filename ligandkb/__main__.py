"""``python -m ligandkb`` does what ``ligandkb`` does."""

from ligandkb.cli import main

if __name__ == "__main__":
    main()
