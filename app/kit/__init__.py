"""What any workspace uses: colours, icons, typeset formulas, numbers, widgets, charts, scenes."""
