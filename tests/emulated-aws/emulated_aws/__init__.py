"""An AWS account on this machine: moto's server, and what AWS does that moto leaves out.

Each module is named after the service it mends; importing one is enough. `python -m emulated_aws` starts it.
"""
