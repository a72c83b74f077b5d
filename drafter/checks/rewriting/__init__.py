"""Words to put in place of flagged ones: from the facts, from the text itself, or with gaps for a person to fill."""
