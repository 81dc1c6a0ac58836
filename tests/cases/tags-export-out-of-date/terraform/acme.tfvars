tags = {}
