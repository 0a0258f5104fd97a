kompetanseShard("navn-nn-e9623ca5",{"role":{"ansatt":"Ansatt","vaktmester":"Vaktmeister"},"competence":{"brannvern":"Brannvern","hlr":"Hjerte- og lungeredning","slokking":"Slokking"}})
