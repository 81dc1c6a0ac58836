terraform {
  required_version = ">= 1.5.0, < 2.0.0"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = ">= 6.0.0, < 7.0.0"
    }
  }
}
# No provider block: every resource names its project and its location itself, so the provider needs nothing but
# credentials, and the module can be applied where it lies as well as be called by another with a provider of its own.
