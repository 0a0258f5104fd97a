kompetanseShard("navn-nn-1492f870",{"role":{"vaktmester":"Vaktmester"},"competence":{"brannvern":"Brannvern"}})
