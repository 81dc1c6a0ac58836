"""Where the sides of a comparison come from: a build folder, a git revision, or the sources as they are now."""
