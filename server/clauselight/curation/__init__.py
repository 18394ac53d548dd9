"""What people change about labels: curators' drafts and edits, decisions of disputes, and what is learned
from them. Every act keeps the rules of a record, is audited, and touches one label."""
