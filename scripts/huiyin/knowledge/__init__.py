"""The policy knowledge base: how policies and research stand, what is due of them, what they changed, what to study."""
