"""What any workspace uses: colours, icons, typeset formulas, numbers, pictures to keep, widgets, charts, scenes."""
