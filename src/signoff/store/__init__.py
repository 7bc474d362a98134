"""Where facts and documents are kept: the register, the lake, imports and engines."""
