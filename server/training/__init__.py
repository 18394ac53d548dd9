"""Training of the clause classifier (`make model`); not part of the installed package.

Needs scikit-learn, which the running server never imports. Reads `../shared/data/labels` and
`../shared/data/extraction` and our own labels beside this file, and writes `clauselight/analysis/model/`.
"""
