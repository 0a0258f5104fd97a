kompetanseShard("navn-nb-ff2f30b5",{"role":{},"competence":{}})
