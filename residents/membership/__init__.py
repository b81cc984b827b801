"""Who belongs to the house, as what and until when: invitations, roles, leaving."""
