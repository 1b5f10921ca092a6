"""Case f: a fresh process to its first step of sinusoid MAML, by the program that the first argument names; the second is the file of numbers."""
import importlib
import sys

from common import Given

module = importlib.import_module(sys.argv[1])
print(float(module.make(Given(sys.argv[2]))(0)))
