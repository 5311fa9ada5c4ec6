collect_ignore = ["compare.py", "freeze.py"]  # scripts: they find each other when they are run
