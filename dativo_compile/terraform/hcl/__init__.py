"""HCL as far as it is needed: blocks with their places, attributes, and values that are written out.

Expressions are checked for their form and evaluated only where they are literal. Reading one module takes
milliseconds; python-hcl2, which takes a second and a half to start and has no positions, is the reference in tests.
"""
