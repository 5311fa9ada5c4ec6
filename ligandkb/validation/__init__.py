"""Is any of this true?

The science held against measurement: what fails is printed as plainly as what holds, and what was written
from the evidence that it is held against is labelled in-sample.
"""
