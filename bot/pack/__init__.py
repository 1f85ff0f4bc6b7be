"""The evidence pack: register and trail as of a day, as pages, tables and lines, in one ZIP that proves itself."""
