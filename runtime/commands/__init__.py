"""The commands of `dougong`, one file per concern; `runtime.cli` puts them together."""
