# The site for production. compose.yaml shows what it needs beside it.
FROM python:3.13-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    PASSIM_PRODUCTION=1 PASSIM_HOST=0.0.0.0 PASSIM_VAR=/srv/passim/var
WORKDIR /srv/passim
RUN useradd --system --home-dir /srv/passim --shell /usr/sbin/nologin passim
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes --requirement requirements.txt
COPY manage.py ./
COPY config config
COPY publication publication
COPY sources sources
COPY blog blog
COPY templates templates
COPY static static
COPY demo demo
# No secret stays in the image: this one signs nothing.
RUN PASSIM_SECRET_KEY=only-while-files-are-collected \
    python manage.py collectstatic --no-input --verbosity 0 \
    # Else each process would compile all of it for itself, whenever it starts.
    && python -m compileall -q blog config publication sources \
    && mkdir -p var /var/lib/passim/pages && chown -R passim: var /var/lib/passim
USER passim
EXPOSE 8000
HEALTHCHECK CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/-/health')"]
CMD ["python", "manage.py", "serve"]
