"""What do a lab's own results teach the rules, and what should it try next?

The rules' weights are where it starts, with a stated doubt; recorded outcomes move them as far as they can carry.
Everything inside is arrays. Vetoes and tags are not learned: nothing here lifts one. The model stands in
docs/learning.md.
"""
