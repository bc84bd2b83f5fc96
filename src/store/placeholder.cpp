// Keeps the layer buildable until its first source is here.
