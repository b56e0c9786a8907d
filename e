/usr/bin/time: cannot run /work/h/.venv/bin/briefgen: No such file or directory
Command exited with non-zero status 127
conll-dev cpu 0.00+0.00 wall 0.00
