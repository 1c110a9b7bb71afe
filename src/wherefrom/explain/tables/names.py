"""Names that modules of the standard library lost or gained, by version.

The source of each row is "What's New" of the version that heads it (sections "Removed", "Improved
Modules", "New Modules"), and the "Added in version" and "Removed in version" lines of the library
reference.
"""

from __future__ import annotations

import attrs

Version = tuple[int, int]


@attrs.frozen
class Lost:
    """A name that a module had until a version; ``instead`` says what to use."""

    version: Version
    instead: str


@attrs.frozen
class Gained:
    """A name that a module has from a version on; ``backport`` is where older ones get it, if anywhere."""

    version: Version
    backport: str


_ABCS = (
    "AsyncGenerator AsyncIterable AsyncIterator Awaitable ByteString Callable Collection Container "
    "Coroutine Generator Hashable ItemsView Iterable Iterator KeysView Mapping MappingView MutableMapping "
    "MutableSequence MutableSet Reversible Sequence Set Sized ValuesView"
)

_LOST = """
3.15 typing no_type_check_decorator = nothing: checkers never supported it
3.15 platform java_ver = nothing: it was for Jython only
3.15 ctypes SetPointerType = ctypes.POINTER
3.15 glob glob0 glob1 = glob.glob with root_dir
3.15 http.server CGIHTTPRequestHandler = a web framework
3.14 ast Num Str Bytes NameConstant Ellipsis = ast.Constant
3.14 pkgutil find_loader = importlib.util.find_spec
3.14 pkgutil get_loader = importlib.util.find_spec
3.14 pty master_open slave_open = pty.openpty
3.14 asyncio AbstractChildWatcher SafeChildWatcher FastChildWatcher MultiLoopChildWatcher \
ThreadedChildWatcher PidfdChildWatcher get_child_watcher \
set_child_watcher = nothing: child processes need no watcher
3.14 importlib.abc ResourceReader Traversable TraversableResources = importlib.resources.abc
3.14 sqlite3 version version_info = sqlite3.sqlite_version
3.14 urllib.request URLopener FancyURLopener = urllib.request.urlopen
3.14 urllib.parse Quoter = urllib.parse.quote
3.13 typing io re = the names of typing itself
3.13 configparser LegacyInterpolation = configparser.BasicInterpolation
3.13 locale resetlocale = locale.setlocale(locale.LC_ALL, "")
3.13 importlib.resources Resource = importlib.resources.files
3.13 tokenize StopTokenizing = tokenize.TokenError
3.13 unittest findTestCases makeSuite getTestCaseNames = unittest.TestLoader
3.13 re template TEMPLATE T = re.compile
3.11 asyncio coroutine = async def
3.12 configparser SafeConfigParser = configparser.ConfigParser
3.12 ssl wrap_socket = ssl.SSLContext.wrap_socket
3.12 ssl match_hostname = ssl.SSLContext.check_hostname
3.12 ssl RAND_pseudo_bytes = ssl.RAND_bytes
3.12 webbrowser Grail Netscape Galeon = webbrowser.get
3.12 dis hasnargs = dis.hasarg
3.12 pkgutil ImpImporter ImpLoader = importlib.machinery.FileFinder
3.12 importlib find_loader = importlib.util.find_spec
3.12 importlib.util set_package set_loader module_for_loader = importlib.util.module_from_spec
3.12 importlib.abc Finder = importlib.abc.MetaPathFinder or importlib.abc.PathEntryFinder
3.12 locale format = locale.format_string
3.12 unittest _TextTestResult = unittest.TextTestResult
3.12 sqlite3 enable_shared_cache OptimizedUnicode = sqlite3.connect with cache=shared in a URI
3.11 inspect ArgSpec = inspect.FullArgSpec
3.11 inspect getargspec = inspect.getfullargspec or inspect.signature
3.11 inspect formatargspec = inspect.signature
3.11 binascii a2b_hqx b2a_hqx rlecode_hqx rledecode_hqx = base64
3.11 gettext lgettext ldgettext lngettext ldngettext bind_textdomain_codeset = gettext.gettext
3.9 fractions gcd = math.gcd
3.9 threading _sleep = time.sleep
3.9 base64 encodestring = base64.encodebytes
3.9 base64 decodestring = base64.decodebytes
3.9 html.parser HTMLParseError = ValueError
3.9 sys getcheckinterval = sys.getswitchinterval
3.9 sys setcheckinterval = sys.setswitchinterval
3.8 cgi escape = html.escape
3.8 cgi parse_qs parse_qsl = urllib.parse.parse_qs
3.8 time clock = time.perf_counter or time.process_time
3.8 platform linux_distribution dist popen = the distribution distro
3.8 asyncio async = asyncio.ensure_future
3.9 plistlib readPlist readPlistFromBytes = plistlib.load or plistlib.loads
3.9 plistlib writePlist writePlistToBytes = plistlib.dump or plistlib.dumps
3.9 plistlib Data = bytes
3.0 string letters lowercase uppercase = string.ascii_letters, string.ascii_lowercase, string.ascii_uppercase
3.0 string maketrans = str.maketrans
3.0 string join split atoi replace = the methods of str
3.0 os getcwdu = os.getcwd
3.0 itertools izip imap ifilter = zip, map, filter: they are built in
3.0 itertools izip_longest = itertools.zip_longest
3.0 itertools ifilterfalse = itertools.filterfalse
3.0 sys maxint = sys.maxsize
3.0 sys setdefaultencoding = nothing: text is Unicode
3.0 types StringType UnicodeType IntType ListType DictType TupleType StringTypes ClassType = the \
built-in types
3.0 urllib urlopen urlretrieve Request = urllib.request
3.0 urllib urlencode quote unquote quote_plus unquote_plus = urllib.parse
3.0 operator isCallable sequenceIncludes isSequenceType isMappingType isNumberType div = collections.abc
3.0 email Utils = email.utils
3.0 email Encoders = email.encoders
3.0 email MIMEText MIMEMultipart MIMEBase MIMEImage = email.mime
"""

_GAINED = """
3.15 math isnormal issubnormal fmax fmin signbit
3.15 builtins frozendict sentinel ImportCycleError
3.15 re prefixmatch
3.15 sys set_lazy_imports get_lazy_imports set_lazy_imports_filter abi_info
3.15 threading concurrent_tee synchronized_iterator serialize_iterator
3.15 types FrameLocalsProxyType LazyImportType
3.15 typing TypeForm disjoint_base NoExtraItems = typing_extensions
3.15 unicodedata iter_graphemes isxidstart isxidcontinue block
3.15 zlib crc32_combine adler32_combine
3.15 ssl get_sigalgs HAS_PSK_TLS13
3.15 xml is_valid_name is_valid_text
3.14 annotationlib get_annotations Format ForwardRef = typing_extensions
3.14 typing evaluate_forward_ref = typing_extensions
3.14 functools Placeholder
3.14 heapq heapify_max heappush_max heappop_max heapreplace_max heappushpop_max
3.14 uuid uuid6 uuid7 uuid8 NIL MAX = uuid6
3.14 concurrent.futures InterpreterPoolExecutor
3.14 asyncio capture_call_graph print_call_graph future_add_to_awaited_by
3.14 operator is_none is_not_none
3.14 ast TemplateStr Interpolation compare
3.14 ctypes memoryview_at c_double_complex c_float_complex c_longdouble_complex
3.14 fnmatch filterfalse
3.14 http.server HTTPSServer ThreadingHTTPSServer
3.14 inspect ispackage
3.14 pdb set_trace_async set_default_backend get_default_backend
3.14 sys remote_exec is_remote_debug_enabled
3.14 zipfile ZIP_ZSTANDARD
3.14 os readinto
3.14 io Reader Writer = typing_extensions
3.14 decimal IEEEContext
3.14 errno EHWPOISON
3.14 os reload_environ
3.13 warnings deprecated = typing_extensions
3.13 typing TypeIs ReadOnly NoDefault get_protocol_members is_protocol = typing_extensions
3.13 builtins PythonFinalizationError
3.13 base64 z85encode z85decode
3.13 enum EnumDict
3.13 mimetypes guess_file_type
3.13 types CapsuleType
3.13 configparser UNNAMED_SECTION MultilineContinuationError
3.13 asyncio EventLoop
3.13 platform android_ver ios_ver AndroidVer IOSVersionInfo
3.13 copy replace
3.13 os process_cpu_count
3.13 queue ShutDown
3.13 asyncio QueueShutDown = typing_extensions
3.13 math fma
3.13 glob translate
3.13 statistics kde kde_random
3.13 pathlib UnsupportedOperation
3.13 re PatternError
3.12 typing override TypeAliasType = typing_extensions
3.12 types get_original_bases = typing_extensions
3.12 collections.abc Buffer = typing_extensions
3.12 itertools batched = more_itertools
3.12 calendar Month Day
3.12 csv QUOTE_STRINGS QUOTE_NOTNULL
3.12 dis hasarg hasexc
3.12 logging getHandlerNames getHandlerByName
3.12 tty cfmakeraw cfmakecbreak
3.12 calendar JANUARY FEBRUARY
3.12 importlib.resources.abc TraversalError
3.12 math sumprod
3.12 os unshare setns
3.12 os.path isjunction splitroot
3.12 inspect markcoroutinefunction getasyncgenstate getasyncgenlocals BufferFlags
3.12 asyncio eager_task_factory create_eager_task_factory
3.12 random binomialvariate
3.12 sqlite3 LEGACY_TRANSACTION_CONTROL
3.12 threading setprofile_all_threads settrace_all_threads
3.12 sys monitoring
3.12 uuid main
"""


def _rows(text: str) -> list[tuple[Version, str, list[str], str]]:
    rows = []
    for line in text.strip().splitlines():
        head, _, rest = line.partition(" = ")
        version, module, *names = head.split()
        major, _, minor = version.partition(".")
        rows.append(((int(major), int(minor)), module, names, rest.strip()))
    return rows


LOST: dict[tuple[str, str], Lost] = {
    ("collections", name): Lost((3, 10), f"collections.abc.{name}") for name in _ABCS.split()
} | {
    (module, name): Lost(version, instead)
    for version, module, names, instead in _rows(_LOST)
    for name in names
}

GAINED: dict[tuple[str, str], Gained] = {
    (module, name): Gained(version, backport)
    for version, module, names, backport in _rows(_GAINED)
    for name in names
}
