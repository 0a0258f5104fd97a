kompetanseShard("navn-nn-ff2f30b5",{"role":{},"competence":{}})
