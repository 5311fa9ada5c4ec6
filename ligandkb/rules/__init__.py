"""What follows from that?

Rules are YAML files that chemists read and edit. Reading and checking them loads neither numpy nor pandas.
Small records are named tuples: a frozen dataclass takes ten times as long to make, which counts where
``ligandkb check`` runs at every save.

======================== ==========================================================================
module                   question
======================== ==========================================================================
``language.texts``       How is a text that somebody else wrote shown in a message?
``language.column``      What is declared of a column that rules read?
``language.tokens``      Which words, values and signs does this condition consist of?
``language.expressions`` What is a condition made of?
``language.units``       Can these two quantities be compared?
``language.checks``      Does this comparison make sense for these columns?
``language.parser``      What does this condition ask?
``language.templates``   What does an explanation say once its values are filled in?
``files.documents``      What does this YAML file say, and where?
``files.forms``          What may stand in a field, how is it read, and what do editors know of it?
``files.reading``        What does this entry of a rule file say, and is it whole?
``columns``              Which columns can a rule read, and where are they listed?
``vocabulary``           Which weights, tags and vetoes may a rule name?
``rule``                 What does a rule say?
``rulebook``             Which rules are there, and is each of them whole?
``schema``               How does an editor know what may stand in a rule file?
``table``                What is known of each row?
``truths``               Which conditions hold on these rows?
``grades``               How much of a rule's weight counts on these rows?
``evaluate``             What follows for each row?
``explain``              Why did each rule fire, or not, on this row?
======================== ==========================================================================
"""
