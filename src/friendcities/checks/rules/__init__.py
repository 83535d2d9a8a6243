"""The rules that data has to keep, one a module: ``RULE`` of each is what ``friendcities rules`` lists.

A new rule is a new module here, and a golden folder beside its test.
"""
