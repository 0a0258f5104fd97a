kompetanseShard("navn-en-13ca1931",{"role":{"ansatt":"Ansatt","vaktmester":"Vaktmester"},"competence":{"brannvern":"Brannvern","hlr":"Hjerte- og lungeredning","slokking":"Slokking"}})
