"""What doors depend on: the state of the app, who is there, the language, the form.

Dependencies are coroutines, also where they wait for nothing: plain functions would each go to a thread.
"""
