rate () 
{ 
    c 248,680;
    xdotool key ctrl+a;
    xdotool type "$1";
    xdotool key Return;
    sleep .6
}
