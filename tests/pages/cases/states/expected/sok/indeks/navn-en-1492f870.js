kompetanseShard("navn-en-1492f870",{"role":{"vaktmester":"Vaktmester"},"competence":{"brannvern":"Brannvern"}})
