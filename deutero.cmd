@echo off
rem Starts the deutero command; builds it first where that is needed.
rem
rem Environment: JAVA_HOME picks the Java; DEUTERO_JAVA_OPTS adds JVM options (such as -Xmx6g).
rem
rem Paths may hold blanks, parentheses and ampersands, as "C:\Program Files (x86)" does: so no variable stands inside a
rem parenthesised block, whose end its parenthesis would be, nor anywhere outside of quotes.
setlocal DisableDelayedExpansion
set "ROOT=%~dp0"
set "APP=%ROOT%app\target"

set "JAVA=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA=%JAVA_HOME%\bin\java.exe"
rem By way of a file, because a quoted path inside the quoted command of a "for" is not quoted any more.
set "TOLD=%TEMP%\deutero-java-%RANDOM%%RANDOM%.txt"
"%JAVA%" -version >"%TOLD%" 2>&1
set "VERSION="
for /f "usebackq tokens=2,3" %%u in ("%TOLD%") do if "%%u"=="version" if not defined VERSION set "VERSION=%%~v"
del "%TOLD%" >nul 2>nul
if not defined VERSION goto nojava
set "MAJOR=0"
for /f "tokens=1 delims=.-+" %%m in ("%VERSION%") do set "MAJOR=%%m"
if %MAJOR% LSS 17 goto oldjava

rem Build on first use, and again when a source is newer than the jar.
call :findjar
if not defined JAR goto build
if exist "%APP%\.building" goto build
if not exist "%APP%\lib" goto build
powershell -NoProfile -Command "$jar = (Get-Item -LiteralPath $env:JAR).LastWriteTime; $root = [WildcardPattern]::Escape($env:ROOT); $new = Get-ChildItem -Path (Join-Path $root '*\src\main'), (Join-Path $root 'recipes'), (Join-Path $root 'pom.xml'), (Join-Path $root '*\pom.xml') -Recurse -File -ErrorAction SilentlyContinue | Where-Object { $_.LastWriteTime -gt $jar } | Select-Object -First 1; if ($new) { exit 1 } else { exit 0 }"
if not errorlevel 1 goto start

:build
echo deutero: building; the first time Maven also downloads the libraries, libtorch among them ... 1>&2
where mvn >nul 2>nul
if errorlevel 1 goto nomaven
if not exist "%APP%" mkdir "%APP%"
type nul > "%APP%\.building"
pushd "%ROOT%"
call mvn -q -pl app -am -Dmaven.test.skip=true -Dspotless.check.skip=true clean package 1>&2
if errorlevel 1 goto nobuild
popd
call :findjar
powershell -NoProfile -Command "(Get-Item -LiteralPath $env:JAR).LastWriteTime = Get-Date"
if exist "%APP%\.building" del "%APP%\.building"

:start
rem OpenMP threads that spin beside a busy core cost a factor of fifty.
if not defined OMP_NUM_THREADS set "OMP_NUM_THREADS=1"
if not defined OPENBLAS_NUM_THREADS set "OPENBLAS_NUM_THREADS=1"
if not defined OMP_WAIT_POLICY set "OMP_WAIT_POLICY=passive"

rem Whether a person is looking is asked of the console by the program itself: the shell of Windows cannot tell.
"%JAVA%" -Xshare:auto -Xmx2g -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED ^
    -Dorg.bytedeco.javacpp.maxBytes=0 -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 ^
    %DEUTERO_JAVA_OPTS% -jar "%JAR%" %*
exit /b %ERRORLEVEL%

:findjar
set "JAR="
for %%j in ("%APP%\deutero-app-*.jar") do set "JAR=%%~fj"
exit /b 0

:nojava
echo deutero: no Java found; install a JDK 17 or newer, or set JAVA_HOME 1>&2
exit /b 1

:oldjava
echo deutero: needs Java 17 or newer, but "%JAVA%" is Java %VERSION% 1>&2
exit /b 1

:nomaven
echo deutero: no Maven found to build with; install Maven 3.8 or newer 1>&2
exit /b 1

:nobuild
popd
echo deutero: the build failed; see the messages above 1>&2
exit /b 1
