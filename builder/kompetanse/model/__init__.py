"""What a region, role, competence, course, module, session and programme is: frozen values without I/O."""
