"""The evidence pack: register, decisions and trail as of a day, as pages, tables and lines in one ZIP that proves itself."""
