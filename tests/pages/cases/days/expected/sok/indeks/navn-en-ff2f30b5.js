kompetanseShard("navn-en-ff2f30b5",{"role":{},"competence":{}})
