"""Pictures as arrays: edges between neurons and heat maps, drawn without Qt into 32-bit images.

Every image is ``uint32`` of shape (height, width), premultiplied ARGB (``0xAARRGGBB``), the layout that Qt
calls ``Format_ARGB32_Premultiplied``: the window wraps the array and blits it.
"""
