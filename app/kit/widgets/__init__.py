"""Small reusable controls of the panels: sliders with their value, number fields, headings, flowing layouts."""
