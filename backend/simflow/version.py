"""The version of Sim-Flow that is installed."""

from importlib.metadata import version

VERSION = version("simflow")
