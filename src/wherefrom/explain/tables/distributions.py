"""Which distribution provides a module whose name is another, and which ones only seem to.

The source of each line is the project's own documentation, named behind it.
"""

from __future__ import annotations

import attrs


@attrs.frozen
class Provider:
    """What to install for an import name.

    Attributes:
        name: the distribution.
        source: where its documentation says so.
        wrong: other distributions that provide the same import name, or seem to.
    """

    name: str
    source: str
    wrong: tuple[str, ...] = ()


_ROWS = """
yaml                    PyYAML                      pyyaml.org/wiki/PyYAMLDocumentation
cv2                     opencv-python               docs.opencv.org, "Install OpenCV-Python"
bs4                     beautifulsoup4              www.crummy.com/software/BeautifulSoup/bs4/doc     bs4
PIL                     Pillow                      pillow.readthedocs.io, "Basic Installation"       PIL
sklearn                 scikit-learn                scikit-learn.org/stable/install.html              sklearn
skimage                 scikit-image                scikit-image.org/docs/stable/user_guide/install.html
skopt                   scikit-optimize             scikit-optimize.github.io
imblearn                imbalanced-learn            imbalanced-learn.org/stable/install.html          imblearn
dateutil                python-dateutil             dateutil.readthedocs.io                           dateutil
dotenv                  python-dotenv               saurabh-kumar.com/python-dotenv                   dotenv
jwt                     PyJWT                       pyjwt.readthedocs.io                              jwt
jose                    python-jose                 python-jose.readthedocs.io                        jose
serial                  pyserial                    pyserial.readthedocs.io                           serial
usb                     pyusb                       pyusb.github.io/pyusb                             usb
Crypto   pycryptodome   www.pycryptodome.org/src/installation   crypto pycrypto
Cryptodome              pycryptodomex               www.pycryptodome.org/src/installation
OpenSSL                 pyOpenSSL                   www.pyopenssl.org                                 OpenSSL
nacl                    PyNaCl                      pynacl.readthedocs.io                             nacl
gnupg                   python-gnupg                gnupg.readthedocs.io                              gnupg
magic   python-magic   github.com/ahupp/python-magic   magic filemagic
docx                    python-docx                 python-docx.readthedocs.io                        docx
pptx                    python-pptx                 python-pptx.readthedocs.io
fitz                    PyMuPDF                     pymupdf.readthedocs.io                            fitz
pdfminer                pdfminer.six                pdfminersix.readthedocs.io                        pdfminer
OpenGL                  PyOpenGL                    pyopengl.sourceforge.net
gi                      PyGObject                   pygobject.gnome.org                               gi
cairo                   pycairo                     pycairo.readthedocs.io                            cairo
dbus                    dbus-python                 dbus.freedesktop.org/doc/dbus-python
wx                      wxPython                    wxpython.org/pages/downloads
git                     GitPython                   gitpython.readthedocs.io                          git
github                  PyGithub                    pygithub.readthedocs.io                           github
gitlab                  python-gitlab               python-gitlab.readthedocs.io
ldap                    python-ldap                 www.python-ldap.org                               ldap
MySQLdb                 mysqlclient                 mysqlclient.readthedocs.io                        MySQLdb
mysql                   mysql-connector-python      dev.mysql.com/doc/connector-python                mysql
psycopg2                psycopg2-binary             www.psycopg.org/docs/install.html
zmq                     pyzmq                       pyzmq.readthedocs.io                              zmq
google.protobuf         protobuf                    protobuf.dev/getting-started/pythontutorial
google.cloud.storage    google-cloud-storage        cloud.google.com/python/docs/reference/storage
google.cloud.bigquery   google-cloud-bigquery       cloud.google.com/python/docs/reference/bigquery
google.generativeai     google-generativeai         ai.google.dev
googleapiclient         google-api-python-client    github.com/googleapis/google-api-python-client
google.auth             google-auth                 google-auth.readthedocs.io
google.oauth2           google-auth                 google-auth.readthedocs.io
grpc                    grpcio                      grpc.io/docs/languages/python/quickstart          grpc
grpc_tools              grpcio-tools                grpc.io/docs/languages/python/quickstart
azure.storage.blob      azure-storage-blob          learn.microsoft.com/azure/storage/blobs
azure.identity   azure-identity   learn.microsoft.com/python/api/overview/azure/identity-readme
attr                    attrs                       www.attrs.org                                     attr
pkg_resources           setuptools                  setuptools.pypa.io
setuptools              setuptools                  setuptools.pypa.io
_cffi_backend           cffi                        cffi.readthedocs.io
rest_framework          djangorestframework         www.django-rest-framework.org
corsheaders             django-cors-headers         github.com/adamchainz/django-cors-headers
debug_toolbar           django-debug-toolbar        django-debug-toolbar.readthedocs.io
environ                 django-environ              django-environ.readthedocs.io                     environ
allauth                 django-allauth              docs.allauth.org
crispy_forms            django-crispy-forms         django-crispy-forms.readthedocs.io
django_filters          django-filter               django-filter.readthedocs.io
decouple                python-decouple             github.com/HBNetwork/python-decouple              decouple
storages                django-storages             django-storages.readthedocs.io
slugify                 python-slugify              github.com/un33k/python-slugify                   slugify
multipart   python-multipart   multipart.fastapiexpert.com   multipart
socketio                python-socketio             python-socketio.readthedocs.io                    socketio
engineio                python-engineio             python-engineio.readthedocs.io
websocket   websocket-client   websocket-client.readthedocs.io   websocket
telegram                python-telegram-bot         docs.python-telegram-bot.org                      telegram
discord                 discord.py                  discordpy.readthedocs.io
telebot                 pyTelegramBotAPI            pytba.readthedocs.io                              telebot
twitter                 python-twitter              python-twitter.readthedocs.io                     twitter
consul                  python-consul               python-consul.readthedocs.io                      consul
jenkins                 python-jenkins              python-jenkins.readthedocs.io                     jenkins
keystoneclient          python-keystoneclient       docs.openstack.org/python-keystoneclient
novaclient              python-novaclient           docs.openstack.org/python-novaclient
memcache                python-memcached            github.com/linsomniac/python-memcached            memcache
snappy                  python-snappy               github.com/intake/python-snappy                   snappy
lzo                     python-lzo                  github.com/jd-boyd/python-lzo
rtmidi                  python-rtmidi               spotlightkid.github.io/python-rtmidi
xdg                     pyxdg                       pyxdg.readthedocs.io
Xlib                    python-xlib                 github.com/python-xlib/python-xlib
win32api                pywin32                     github.com/mhammond/pywin32                       win32api
win32con                pywin32                     github.com/mhammond/pywin32
win32com                pywin32                     github.com/mhammond/pywin32
win32gui                pywin32                     github.com/mhammond/pywin32
pythoncom               pywin32                     github.com/mhammond/pywin32
pywintypes              pywin32                     github.com/mhammond/pywin32
objc                    pyobjc-core                 pyobjc.readthedocs.io
Foundation              pyobjc-framework-Cocoa      pyobjc.readthedocs.io
AppKit                  pyobjc-framework-Cocoa      pyobjc.readthedocs.io
Quartz                  pyobjc-framework-Quartz     pyobjc.readthedocs.io
mpl_toolkits            matplotlib                  matplotlib.org/stable/install
pylab                   matplotlib                  matplotlib.org/stable/install
umap                    umap-learn                  umap-learn.readthedocs.io                         umap
faiss                   faiss-cpu                   github.com/facebookresearch/faiss                 faiss
Bio                     biopython                   biopython.org                                     Bio
osgeo                   GDAL                        gdal.org/en/stable/api/python_bindings.html       osgeo
igraph                  igraph                      python.igraph.org                                 jgraph
community   python-louvain   python-louvain.readthedocs.io   community
sksparse                scikit-sparse               scikit-sparse.readthedocs.io
speech_recognition      SpeechRecognition           github.com/Uberi/speech_recognition
vlc                     python-vlc                  wiki.videolan.org/Python_bindings                 vlc
nmap                    python-nmap                 xael.org/pages/python-nmap-en.html                nmap
dns                     dnspython                   www.dnspython.org                                 dns
whois                   python-whois                github.com/richardpenman/whois                    whois
pcap                    pypcap                      pypcap.readthedocs.io
bluetooth   PyBluez   pybluez.readthedocs.io   bluetooth
RPi                     RPi.GPIO                    sourceforge.net/projects/raspberry-gpio-python
cpuinfo                 py-cpuinfo                  github.com/workhorsy/py-cpuinfo                   cpuinfo
pynvml                  nvidia-ml-py                docs.nvidia.com/deploy/nvml-api
systemd                 systemd-python              www.freedesktop.org/software/systemd/python-systemd
apt                     python-apt                  apt-team.pages.debian.net/python-apt
daemon                  python-daemon               pagure.io/python-daemon                           daemon
crontab                 python-crontab              gitlab.com/doctormo/python-crontab                crontab
fuse                    fusepy                      github.com/fusepy/fusepy                          fuse
editor                  python-editor               github.com/fmoo/python-editor
ruamel                  ruamel.yaml                 yaml.dev/doc/ruamel.yaml
ruamel.yaml             ruamel.yaml                 yaml.dev/doc/ruamel.yaml
zope.interface          zope.interface              zopeinterface.readthedocs.io
factory                 factory_boy                 factoryboy.readthedocs.io                         factory
past                    future                      python-future.org
opentelemetry           opentelemetry-api           opentelemetry.io/docs/languages/python
bson                    pymongo                     pymongo.readthedocs.io                            bson
gridfs                  pymongo                     pymongo.readthedocs.io
cassandra               cassandra-driver            docs.datastax.com/en/developer/python-driver
paho                    paho-mqtt                   eclipse.dev/paho/clients/python
absl                    absl-py                     abseil.io/docs/python/quickstart                  absl
barcode                 python-barcode              python-barcode.readthedocs.io                     barcode
socks                   PySocks                     github.com/Anorov/PySocks                         socks
pyximport               Cython                      cython.org
pythonjsonlogger        python-json-logger          nhairs.github.io/python-json-logger
haystack                django-haystack             django-haystack.readthedocs.io                    haystack
mptt                    django-mptt                 django-mptt.readthedocs.io
reversion               django-reversion            django-reversion.readthedocs.io
taggit                  django-taggit               django-taggit.readthedocs.io
compressor              django-compressor           django-compressor.readthedocs.io
oauth2_provider         django-oauth-toolkit        django-oauth-toolkit.readthedocs.io
guardian                django-guardian             django-guardian.readthedocs.io
health_check            django-health-check         codingjoe.dev/django-health-check
"""


def _providers() -> dict[str, Provider]:
    found: dict[str, Provider] = {}
    for row in _ROWS.strip().splitlines():
        module, distribution, rest = row.split(None, 2)
        source, _, wrong = rest.partition("   ")
        found[module] = Provider(distribution, source.strip(), tuple(wrong.split()))
    return found


PROVIDERS: dict[str, Provider] = _providers()


def provider_of(module: str) -> Provider | None:
    """Give the distribution that provides a module, or the package that it is in, by the table.

    >>> provider_of("yaml.nodes").name
    'PyYAML'
    """
    while module:
        if module in PROVIDERS:
            return PROVIDERS[module]
        module = module.rpartition(".")[0]
    return None


def canonical(name: str) -> str:
    """Spell a distribution's name as comparisons need it (the rule of "Package name normalization").

    >>> canonical("Foo._bar")
    'foo-bar'
    """
    text = name.lower().replace("_", "-").replace(".", "-")
    return "-".join(part for part in text.split("-") if part)
