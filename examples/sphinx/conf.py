project = "Acme platform"
author = "Acme"
html_theme = "furo"
html_title = "Acme platform"
html_show_sphinx = False
html_show_copyright = False
# embed.html and host.js of the page stand in _static/circleci-oidc/, the roles' policies in _static/roles/.
html_static_path = ["_static"]
html_js_files = [("circleci-oidc/host.js", {"defer": "defer"})]
