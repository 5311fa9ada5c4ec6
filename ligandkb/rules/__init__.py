"""What follows from that?

Rules are YAML files that chemists read and edit. Reading and checking them loads neither numpy nor pandas.
Small records are named tuples: a frozen dataclass takes ten times as long to make, which counts where
``ligandkb check`` runs at every save.

=============== ===================================================================================
module          question
=============== ===================================================================================
``texts``       How is a text that somebody else wrote shown in a message?
``column``      What is declared of a column that rules read?
``tokens``      Which words, values and signs does this condition consist of?
``expressions`` What is a condition made of?
``units``       Can these two quantities be compared?
``checks``      Does this comparison make sense for these columns?
``parser``      What does this condition ask?
``templates``   What does an explanation say once its values are filled in?
``documents``   What does this YAML file say, and where?
``forms``       What may stand in a field of an entry, how is it read, and what do editors know of it?
``columns``     Which columns can a rule read, and where are they listed?
``vocabulary``  Which weights, tags and vetoes may a rule name?
``rule``        What does a rule say?
``reading``     What does this entry of a rule file say, and is it whole?
``rulebook``    Which rules are there, and is each of them whole?
``schema``      How does an editor know what may stand in a rule file?
``table``       What is known of each row?
``truths``      Which conditions hold on these rows?
``evaluate``    What follows for each row?
``explain``     Why did each rule fire, or not, on this row?
=============== ===================================================================================
"""
