# A stand-in for the module that makes your lake: it needs no provider, and has outputs like a real one.
locals {
  tenant      = trimsuffix(terraform.workspace, "-${local.environment}")
  environment = element(split("-", terraform.workspace), length(split("-", terraform.workspace)) - 1)
}
