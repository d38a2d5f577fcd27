"""Pure questions about programs: nothing here changes IR, and what decides something knows no IR at all."""
