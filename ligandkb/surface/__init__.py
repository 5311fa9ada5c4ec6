"""What does the surface need?

The physics of Nenon et al. (doi 10.1021/jacs.8b11035) on plain numbers and arrays, with units in the
names. No chemistry and no files, save for :mod:`~ligandkb.surface.measurements`, which reads tables.

===================== =============================================================================
module                question
===================== =============================================================================
``quantities``        Can this number be what it claims to be?
``uncertainty``       How sure is this number?
``goodness``          Does the model describe the data?
``profile``           How far can a parameter move before the data object?
``published``         What did the papers measure, and where do they say so?
``traps``             How many traps, and how bright is a nanocrystal that has them? (eqs 3 and 4)
``association``       How strongly do pairs bind?
``series``            Is this a dilution series from which the traps can be had?
``traps_model``       What PLQY do these parameters predict, and how far is it from the measured one?
``traps_fit``         What does a dilution series say about the traps?
``gain``              What could a perfect ligand gain at most?
``dilution``          Are vacancies my problem at all?
``nmr``               How many ligands are bound? (eqs 2 and 5)
``geometry``          How many sites has a nanocrystal?
``xps``               How many halides can be missing, by XPS?
``decay``             Which bins of a decay count?
``decay_models``      How many counts do these parameters predict, and how far are they from the measured ones?
``decay_lines``       Which lines of an instrument's text are rows of numbers?
``decay_exports``     Which columns of an instrument's text are times and counts?
``decay_light``       Where in a histogram is the light, and since when?
``response``          What does the instrument make of a pulse of light?
``least_squares``     Which parameters fit best, and how far can what follows from them move before the data object?
``lifetimes``         One exponential or a distribution?
``lifetime_notes``    What is to be kept in mind with a lifetime?
``model_choice``      Which model describes a decay?
``passivation``       What does a lifetime prove?
``measurements``      What stands in this table of measurements?
===================== =============================================================================

Only what fits uses scipy, and only when it is called.
"""
