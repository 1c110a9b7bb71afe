"""Reading: events, spans, queries and the JSON form of a trace."""  # noqa: A005  # never on sys.path itself
