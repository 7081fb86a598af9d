"""The runs of a network side by side: :mod:`model` is what is told of each, :mod:`curves` draws their losses and which
is a branch of which, :mod:`cards` what each has learnt, and :mod:`pane` shows both."""
